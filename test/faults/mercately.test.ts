import { testFaults } from './matrix.ts';

testFaults('mercately');
