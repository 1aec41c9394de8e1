"""The addresses of requests, offers and visits."""

from bookings.routes import ambassador, coordination

urlpatterns = [*ambassador.urlpatterns, *coordination.urlpatterns]
