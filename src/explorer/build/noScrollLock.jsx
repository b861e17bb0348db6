// Stands in for `react-remove-scroll`, which keeps a page behind a dialog from scrolling by adding a <style> element: our
// policy refuses that, and this page never scrolls.

import { Slot } from '@radix-ui/react-slot';

export const RemoveScroll = ({ as: Element = Slot, children }) => <Element>{children}</Element>;
