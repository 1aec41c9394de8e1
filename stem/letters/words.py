"""What a mail server said, as far as an error tells it."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException

LONGEST = 500


def words_of(error: BaseException) -> str:
    """The server's answer with its number; or, where none came, what the machine says of the connection."""
    said = _answers(error) or [getattr(error, "strerror", "") or str(error) or type(error).__name__]
    cause = error.__cause__
    if cause is not None and not _answers(error):
        said = [words_of(cause)]
    return " ".join("; ".join(said).split())[:LONGEST]


def _answers(error: BaseException) -> list[str]:
    if isinstance(error, SMTPRecipientsRefused):
        return [_numbered(code, text) for code, text in error.recipients.values()]
    if isinstance(error, SMTPResponseException):
        return [_numbered(error.smtp_code, error.smtp_error)]
    return []


def _numbered(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
