import { testWriteFaults } from './writeMatrix.ts';

testWriteFaults('salekit');
