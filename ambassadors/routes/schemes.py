"""Addresses of pages on which administrators bring other schemes' people in."""

from django.urls import path

from ambassadors.views import bringing, schemes

urlpatterns = [
    path("staff/schemes/", schemes.schemes, name="schemes"),
    path("staff/schemes/bring/", bringing.bring_people_in, name="bring_people_in"),
    path("staff/schemes/<int:pk>/", schemes.scheme, name="scheme"),
    path("staff/schemes/<int:pk>/describe/", schemes.describe, name="describe_scheme"),
    path("staff/imports/<int:pk>/", bringing.upload, name="upload"),
    path("staff/imports/<int:pk>/columns/", bringing.settle_columns, name="settle_columns"),
    path("staff/imports/<int:pk>/left-out.csv", bringing.upload_rejected, name="upload_rejected"),
    path("staff/imports/<int:pk>/take-in/", bringing.take_people_in, name="take_people_in"),
    path("staff/imports/<int:pk>/throw-away/", bringing.throw_away, name="throw_away_upload"),
]
