import { testWriteFaults } from './writeMatrix.ts';

testWriteFaults('mercately');
