"""What both faces of the site share: settings in Flask's terms, headers, errors, template names."""
