import { testFaults } from './matrix.ts';

testFaults('ladiflow');
