"""Post: addresses as each country writes them, the zones of an envelope that posts keep, mailing classes, barcodes."""
