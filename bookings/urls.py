"""The addresses of requests, offers and visits."""

from bookings.routes import ambassador

urlpatterns = [*ambassador.urlpatterns]
