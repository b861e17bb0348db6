import { testWriteFaults } from './writeMatrix.ts';

testWriteFaults('heidianer');
