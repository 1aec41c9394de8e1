"""The addresses of requests, offers and visits."""

from bookings.routes import ambassador, coordination, school

urlpatterns = [*school.urlpatterns, *ambassador.urlpatterns, *coordination.urlpatterns]
