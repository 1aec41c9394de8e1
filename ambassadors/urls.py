"""The ambassadors' addresses: what people do for themselves, what vetting officers do, and what everyone learns."""

from ambassadors.routes import courses, joining, learning, trust, vetting

urlpatterns = [
    *joining.urlpatterns,
    *trust.urlpatterns,
    *learning.urlpatterns,
    *vetting.urlpatterns,
    *courses.urlpatterns,
]
