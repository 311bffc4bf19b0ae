"""The standard reports (domain notes §4.3), counted from case_facts for one reader."""
