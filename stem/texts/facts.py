"""The one text that tells nothing of a visit: the code by which a number is shown to be somebody's."""

from django.utils.translation import gettext as _

from stem.letters.drafts import Draft
from stem.scheme.identity import who_we_are
from stem.texts.codes import code_of
from stem.texts.drafts import TextWords
from stem.texts.gsm import in_one_text
from stem.texts.models import NumberProof


def code_for_number(draft: Draft, *, proof_id: int, asked_at: str) -> TextWords | None:
    """Six digits to type on one's own page; none once they ran out, or were asked for anew. Staff never see them."""
    proof = NumberProof.objects.filter(pk=proof_id).first()
    if proof is None or proof.asked_at.isoformat() != asked_at or proof.runs_out_at <= draft.at:
        return None
    code = "[[code]]" if draft.preview else code_of(proof.seed, proof.number)

    def say(scheme: str) -> str:
        return _("%(code)s is your code for %(scheme)s. Type it on the page that asked for it; tell nobody.") % {
            "code": code,
            "scheme": scheme,
        }

    return TextWords(in_one_text(say, who_we_are().known_as), proof.number)
