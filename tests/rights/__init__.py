"""The rights table as thousands of HTTP checks: nobody sees or changes what is not theirs."""
