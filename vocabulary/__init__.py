"""The words of the domain: enumerations, questions and refusals. Nothing here touches data or screens."""
