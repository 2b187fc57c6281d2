"""Places: coordinates, distance and the drawn neighbourhood. Folium stops here."""
