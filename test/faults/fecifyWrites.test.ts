import { testWriteFaults } from './writeMatrix.ts';

testWriteFaults('fecify');
