"""What tests share: databases, servers, browser, a mail server, the cast."""
