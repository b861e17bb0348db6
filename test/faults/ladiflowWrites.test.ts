import { testWriteFaults } from './writeMatrix.ts';

testWriteFaults('ladiflow');
