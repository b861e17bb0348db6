import { testFaults } from './matrix.ts';

testFaults('heidianer');
