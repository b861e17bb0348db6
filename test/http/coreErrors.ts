import { types } from 'node:util';

// Jest runs tests in a realm with an `Error` of its own, so errors of node:net and node:zlib are no instance of it.
// In the real process they are: this puts that back, for `Error` itself and not for its subclasses.
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, candidate: unknown) {
    return this === Error
      ? types.isNativeError(candidate) || Function.prototype[Symbol.hasInstance].call(this as never, candidate)
      : Function.prototype[Symbol.hasInstance].call(this as never, candidate);
  },
});
