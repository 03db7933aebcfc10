"""Writing captured from paper: the form, scans and photographs of it, and the hand that is made of them."""
