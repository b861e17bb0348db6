import { testFaults } from './matrix.ts';

testFaults('fecify');
