"""The ambassadors' addresses: what people do for themselves, and what vetting officers do."""

from ambassadors.routes import joining, vetting

urlpatterns = [*joining.urlpatterns, *vetting.urlpatterns]
