"""Places of the neighbourhood: service points, grids, buildings with their residents of 60+, units."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from data_access.tables.base import Base, Common, Word
from vocabulary.enums import Accuracy, AgeBand, PlaceKind, PlaceStatus


class Place(Common, Base):
    """A service point 服务点. `hours` is JSON: weekday "1".."7" to a list of ["07:00", "09:00"]."""

    __tablename__ = "place"
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    kind: Mapped[str] = mapped_column(Word(PlaceKind))
    name: Mapped[str]
    name_en: Mapped[str | None]
    address: Mapped[str | None]
    lon: Mapped[float]
    lat: Mapped[float]
    accuracy: Mapped[str] = mapped_column(Word(Accuracy))
    hours: Mapped[str] = mapped_column(default="{}")
    step_free: Mapped[bool | None]
    phone: Mapped[str | None]
    status: Mapped[str] = mapped_column(Word(PlaceStatus), default=PlaceStatus.OPEN)
    note: Mapped[str | None]


class Grid(Common, Base):
    """A grid 网格; `polygon` is a GeoJSON geometry."""

    __tablename__ = "grid"
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    polygon: Mapped[str | None]


class Building(Common, Base):
    """A building 楼栋; `polygon` is a GeoJSON geometry, lon and lat its middle."""

    __tablename__ = "building"
    number: Mapped[str] = mapped_column(sa.String(32), unique=True)
    grid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("grid.id"), index=True)
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    polygon: Mapped[str | None]


class BuildingElders(Common, Base):
    """Residents of 60+ of a building in one age band, as counted on a day; the newest count up to a day holds on it."""

    __tablename__ = "building_elders"
    __table_args__ = (sa.UniqueConstraint("building_id", "band", "counted_on"),)
    building_id: Mapped[int] = mapped_column(sa.ForeignKey("building.id"))
    band: Mapped[str] = mapped_column(Word(AgeBand))
    residents: Mapped[int]
    counted_on: Mapped[date]


class Unit(Common, Base):
    """A unit 单位 that handles cases: department, property company, committee."""

    __tablename__ = "unit"
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
