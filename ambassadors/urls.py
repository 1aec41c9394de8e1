"""The ambassadors' addresses: what people do for themselves, and what vetting officers do."""

from ambassadors.routes import joining, profile, vetting

urlpatterns = [*joining.urlpatterns, *profile.urlpatterns, *vetting.urlpatterns]
