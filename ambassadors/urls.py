"""The ambassadors' addresses: what people do for themselves, what vetting officers do, and what everyone learns."""

from ambassadors.routes import claiming, courses, joining, learning, profile, schemes, trust, vetting

urlpatterns = [
    *joining.urlpatterns,
    *profile.urlpatterns,
    *trust.urlpatterns,
    *learning.urlpatterns,
    *vetting.urlpatterns,
    *courses.urlpatterns,
    *schemes.urlpatterns,
    *claiming.urlpatterns,
]
