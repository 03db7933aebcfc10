"""Writing becomes a card: lines broken, sized and placed on a stock."""
