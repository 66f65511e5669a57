"""The documentation as a site: pages that are written from the code, and the site around them."""
