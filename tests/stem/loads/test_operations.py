"""A register goes in whole or not at all, and out again."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from stem.accounts.roles import Role
from stem.loads.enums import LoadKind
from stem.loads.models import MOST_KEPT, QUIET, Load
from stem.loads.operations import ask_for_load, load_file, read_file, stop_load, undo_load
from stem.rules import Refusal, refuse, why_not
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.staff(Role.ADMINISTRATOR)


def loaded(path, *, at=make.NOW, kind=LoadKind.GIAS):
    return load_file(kind=kind, path=path, at=at)


def failing(error):
    """What to put in the middle of a load for it to fail."""

    def fail(*_):
        raise error

    return fail


def statuses():
    return list(Load.objects.order_by("pk").values_list("status", flat=True))


def events(load):
    return [event.kind for event in load.events.all()]


class TestLoading:
    def test_a_file_comes_into_force_with_its_report(self, plain, lines):
        report = loaded(lines("a", "b", "rubbish"))
        [load] = Load.objects.all()
        assert plain.in_force == ["a", "b", "rubbish"]
        assert (report.counts, report.rejected) == ({"read": 3}, [{"line": 9, "reason": "That is no line."}])
        assert (load.status, load.file_name, load.done, load.total) == ("loaded", "register.txt", 3, 3)
        assert (load.report, load.rejected) == ({"read": 3, "rejected": 1}, report.rejected)
        assert load.asked_at <= load.heard_at <= load.finished_at
        assert events(load) == ["take", "finish"]

    def test_the_next_one_replaces_it(self, plain, lines):
        loaded(lines("a", "b"))
        loaded(lines("c", "d"))
        assert (plain.in_force, statuses()) == (["c", "d"], ["replaced", "loaded"])

    def test_another_register_stands_beside_it(self, lines):
        loaded(lines("a", "b"))
        loaded(lines("c", "d"), kind=LoadKind.SCOTLAND)
        assert statuses() == ["loaded", "loaded"]

    def test_a_file_with_nothing_new_leaves_the_one_in_force_and_nothing_staged(self, plain, lines):
        loaded(lines("a", "b"))
        report = loaded(lines("a", "b"))
        assert (report.is_new, statuses(), plain.staged) == (False, ["loaded", "unchanged"], {})

    def test_whoever_watches_is_told_how_far_it_is(self, lines):
        heard = []
        load_file(kind=LoadKind.GIAS, path=lines("a", "b", "c"), at=make.NOW, tell=lambda *far: heard.append(far))
        assert heard == [(0, 3), (1, 3), (3, 3)]

    def test_a_file_that_is_not_there_is_refused_and_nobody_asked_for_it(self, tmp_path):
        with pytest.raises(Refusal) as refused:
            loaded(tmp_path / "nowhere.csv")
        assert refused.value.codes == ["no_file"]
        assert not Load.objects.exists()

    def test_a_file_name_may_hold_bytes_that_are_no_letters(self, lines):
        loaded(lines("a", name="register\udcff.csv"))
        assert Load.objects.get().file_name == "register?.csv"

    def test_only_so_many_rejected_rows_are_kept_for_the_page(self, plain, lines, monkeypatch):
        many = [{"line": line, "reason": "No."} for line in range(MOST_KEPT + 5)]
        staging = plain.stage

        def stage(*args):
            report = staging(*args)
            report.rejected = many
            return report

        monkeypatch.setattr(plain, "stage", stage)
        assert loaded(lines("a")).rejected == many
        load = Load.objects.get()
        assert (len(load.rejected), load.report["rejected"]) == (MOST_KEPT, MOST_KEPT + 5)


class TestRefusal:
    def test_it_is_put_on_record_and_nothing_else_changes(self, plain, lines):
        loaded(lines("a", "b"))
        plain.half_way = failing(refuse("file_cut", "input", "Fetch it again."))
        assert why_not(loaded, lines("c", "d")).told_to() == "Fetch it again."
        load = Load.objects.latest("pk")
        assert (load.status, load.refusal, events(load)) == ("refused", "Fetch it again.", ["take", "refuse"])
        assert load.finished_at is not None
        assert (plain.in_force, plain.staged) == (["a", "b"], {})

    @pytest.mark.parametrize("moment", ["half_way", "at_the_end"])
    @pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
    def test_a_crash_leaves_what_was_in_force_and_nothing_staged(self, plain, lines, moment, error):
        loaded(lines("a", "b"))

        setattr(plain, moment, failing(error))
        with pytest.raises(error):
            loaded(lines("c", "d"))
        assert statuses() == ["loaded", "stopped"]
        assert (plain.in_force, plain.staged) == (["a", "b"], {})

    def test_it_can_be_loaded_again_at_once(self, plain, lines):
        plain.half_way = failing(ZeroDivisionError)
        with pytest.raises(ZeroDivisionError):
            loaded(lines("c", "d"))
        plain.half_way = lambda *_: None
        loaded(lines("c", "d"))
        assert (plain.in_force, statuses()) == (["c", "d"], ["stopped", "loaded"])


class TestTwoAtOnce:
    """One register, two files: the second to finish finds that it was compared with what is no longer in force."""

    def overtaking(self, plain, overtaker):
        def meanwhile(*_):
            plain.half_way = lambda *_: None
            loaded(overtaker)

        plain.half_way = meanwhile

    @pytest.mark.parametrize("before", [[], ["a", "b"]])
    def test_a_load_that_another_overtook_is_refused(self, plain, lines, before):
        if before:
            loaded(lines(*before))
        self.overtaking(plain, lines("later", "lines", name="other.txt"))
        assert why_not(loaded, lines("slow", "lines")).codes == ["overtaken"]
        assert plain.in_force == ["later", "lines"]
        assert plain.staged == {}
        assert statuses() == ["replaced"] * bool(before) + ["refused", "loaded"]

    def test_so_is_one_below_which_the_load_in_force_was_undone(self, plain, lines, administrator):
        loaded(lines("a", "b"))
        first = Load.objects.get()
        plain.half_way = lambda *_: undo_load(load=first, by=administrator, at=make.NOW)
        assert why_not(loaded, lines("c", "d")).codes == ["overtaken"]
        assert (plain.in_force, statuses()) == ([], ["undone", "refused"])

    def test_two_first_loads_cannot_both_come_into_force(self, plain, lines):
        # As on PostgreSQL, where both look before either has finished: the constraint decides.
        def meanwhile(*_):
            Load.objects.create(kind="gias", status="loaded", file_name="other", asked_at=make.NOW)

        def blind(*_):
            return Load.objects.none()

        plain.half_way = meanwhile
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("stem.loads.models.LoadQuerySet.in_force", blind)
            assert why_not(loaded, lines("c", "d")).codes == ["overtaken"]
        assert (statuses(), plain.staged, plain.in_force) == (["refused", "loaded"], {}, [])

    def test_the_database_itself_keeps_two_from_being_in_force(self, lines):
        loaded(lines("a"))
        with pytest.raises(IntegrityError), transaction.atomic():
            Load.objects.create(kind="gias", status="loaded", file_name="other", asked_at=make.NOW)


class TestSleepers:
    """A process may sleep for minutes and wake to find its load in other hands: it must change nothing any more."""

    def test_one_that_was_given_up_meanwhile_puts_nothing_in_force(self, plain, lines):
        plain.half_way = lambda load, _path: stop_load(load=Load.objects.get(pk=load.pk), at=make.NOW)
        assert why_not(loaded, lines("a", "b")).codes == ["lost"]
        assert (plain.in_force, statuses()) == ([], ["stopped"])

    def test_one_whose_file_another_worker_has_loaded_meanwhile_leaves_that_in_force(self, plain, lines):
        def meanwhile(load, path):
            plain.half_way = lambda *_: None
            read_file(load=Load.objects.get(pk=load.pk), path=path, at=make.NOW + QUIET)

        plain.half_way = meanwhile
        assert why_not(loaded, lines("a", "b")).codes == ["lost"]
        assert (plain.in_force, statuses()) == (["a", "b"], ["loaded"])

    @pytest.mark.parametrize("error", [ZeroDivisionError, Refusal])
    def test_nor_does_it_put_its_own_failure_on_record(self, plain, lines, error):
        def meanwhile(load, path):
            plain.half_way = lambda *_: None
            read_file(load=Load.objects.get(pk=load.pk), path=path, at=make.NOW + QUIET)
            raise refuse("file_cut", "input", "Fetch it again.") if error is Refusal else error

        plain.half_way = meanwhile
        with pytest.raises(error):
            loaded(lines("a", "b"))
        assert (plain.in_force, statuses()) == (["a", "b"], ["loaded"])

    def test_a_load_that_has_finished_is_not_stopped_by_whoever_thought_it_dead(self, plain, lines):
        loaded(lines("a", "b"))
        stale = Load.objects.get()
        stale.status = "reading"
        assert why_not(stop_load, load=stale, at=make.NOW).codes == ["state"]
        assert (plain.in_force, statuses()) == (["a", "b"], ["loaded"])


class TestAsking:
    def ask(self, by, at=make.NOW):
        file = ContentFile(b"a\nb", name="register.csv")
        return ask_for_load(kind=LoadKind.GIAS, file=file, by=by, at=at, allow_losses=3)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_only_administrators_ask(self, role):
        assert why_not(self.ask, make.staff(role)).codes == ["not_administrator"]
        assert not Load.objects.exists()

    def test_the_file_is_kept_until_a_worker_reads_it(self, administrator, tmp_path):
        load = self.ask(administrator)
        assert (load.status, load.by, load.file_name, load.allow_losses) == (
            "waiting",
            administrator,
            "register.csv",
            3,
        )
        assert [path.read_bytes() for path in (tmp_path / "uploads").rglob("*.csv")] == [b"a\nb"]

    def test_the_worker_is_asked_once_it_is_kept(
        self, administrator, plain, django_capture_on_commit_callbacks, tmp_path
    ):
        with django_capture_on_commit_callbacks(execute=True):
            load = self.ask(administrator)
            assert plain.in_force == []
        load.refresh_from_db()
        assert (load.status, load.file.name, plain.in_force) == ("loaded", "", ["a", "b"])
        assert not list((tmp_path / "uploads").rglob("*.csv"))
        assert [event.by for event in load.events.all()] == [administrator, administrator]

    def test_not_while_another_file_of_the_register_is_on_its_way(self, administrator):
        self.ask(administrator)
        assert why_not(self.ask, administrator).codes == ["under_way"]

    def test_but_a_dead_one_is_not_waited_for(self, administrator):
        Load.objects.create(
            kind="gias", status="reading", file_name="dead", asked_at=make.NOW, heard_at=make.NOW - QUIET * 2
        )
        assert self.ask(administrator).status == "waiting"


class TestUndoing:
    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_only_administrators_undo(self, lines, plain, role):
        loaded(lines("a"))
        assert why_not(undo_load, load=Load.objects.get(), by=make.staff(role), at=make.NOW).codes == [
            "not_administrator"
        ]
        assert (plain.in_force, statuses()) == (["a"], ["loaded"])

    def test_the_load_before_is_in_force_again(self, lines, plain, administrator):
        loaded(lines("a"))
        loaded(lines("b"), at=make.NOW + timedelta(days=1))
        first, second = Load.objects.order_by("pk")
        undo_load(load=second, by=administrator, at=make.NOW + timedelta(days=2))
        assert (plain.in_force, statuses()) == (["a"], ["loaded", "undone"])
        assert (events(first)[-1], events(second)[-1]) == ("restore", "undo")
        first.refresh_from_db()
        undo_load(load=first, by=administrator, at=make.NOW)
        assert (plain.in_force, statuses()) == ([], ["undone", "undone"])

    def test_only_the_load_in_force_can_be_undone(self, lines, administrator):
        loaded(lines("a"))
        loaded(lines("b"))
        first, second = Load.objects.order_by("pk")
        assert why_not(undo_load, load=first, by=administrator, at=make.NOW).codes == ["state"]
        undo_load(load=second, by=administrator, at=make.NOW)
        assert why_not(undo_load, load=second, by=administrator, at=make.NOW).codes == ["state"]

    def test_not_where_what_was_before_is_no_longer_kept(self, lines, plain, administrator):
        loaded(lines("a"))
        Load.objects.update(status="past")
        loaded(lines("b"), at=make.NOW + timedelta(days=1))
        load = Load.objects.latest("pk")
        assert why_not(undo_load, load=load, by=administrator, at=make.NOW).codes == ["nothing_before"]
        assert (plain.in_force, statuses()) == (["b"], ["past", "loaded"])

    def test_loads_that_never_came_into_force_are_not_gone_back_to(self, lines, plain, administrator):
        loaded(lines("a"))
        loaded(lines("b"), at=make.NOW + timedelta(days=1))
        loaded(lines("b"), at=make.NOW + timedelta(days=2))
        undo_load(load=Load.objects.get(status="loaded"), by=administrator, at=make.NOW)
        assert (plain.in_force, statuses()) == (["a"], ["loaded", "undone", "unchanged"])

    @pytest.mark.parametrize("act", ["load", "undo"])
    def test_what_follows_is_asked_of_the_worker(
        self, lines, plain, administrator, act, django_capture_on_commit_callbacks
    ):
        loaded(lines("a"))
        with django_capture_on_commit_callbacks(execute=True):
            if act == "load":
                loaded(lines("b"))
            else:
                undo_load(load=Load.objects.get(), by=administrator, at=make.NOW)
        assert plain.followed_up == 1
