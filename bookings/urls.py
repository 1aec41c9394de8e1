"""The addresses of requests, offers and visits."""

from bookings.routes import account, ambassador, coordination, school

urlpatterns = [*school.urlpatterns, *ambassador.urlpatterns, *account.urlpatterns, *coordination.urlpatterns]
