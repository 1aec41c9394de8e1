"""Every recurring job is on one line, and the queue's own table says the same."""

from datetime import UTC, datetime

import pytest
from croniter import croniter
from django.utils.module_loading import import_string
from django_q.models import Schedule

from stem.schedule import JOBS, sync_schedule


def lines() -> list[tuple]:
    return sorted(Schedule.objects.values_list("name", "func", "schedule_type", "minutes", "cron"), key=str)


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_each_job_is_there_to_be_run_without_arguments(job):
    assert callable(import_string(job.path))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_each_job_has_a_time_and_a_reason(job):
    assert croniter.is_valid(job.when) if isinstance(job.when, str) else job.when > 0
    assert job.why


def test_no_name_is_used_twice():
    assert len({job.name for job in JOBS}) == len({job.path for job in JOBS}) == len(JOBS)


@pytest.mark.django_db
def test_the_queue_is_told_every_job():
    assert sync_schedule() == (len(JOBS), 0)
    assert [(name, func) for name, func, *_ in lines()] == sorted((job.name, job.path) for job in JOBS)
    assert Schedule.objects.get(name="Send letters").minutes == 1
    assert Schedule.objects.get(name="Clear letters").cron == "30 3 * * *"


@pytest.mark.django_db
def test_telling_it_again_changes_nothing_not_even_the_next_run():
    sync_schedule()
    next_run = datetime(2027, 1, 12, 3, 30, tzinfo=UTC)
    Schedule.objects.update(next_run=next_run)
    before = list(Schedule.objects.order_by("pk").values())
    assert sync_schedule() == (0, 0)
    assert list(Schedule.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_what_is_gone_changed_or_doubled_is_put_right():
    sync_schedule()
    wanted = lines()
    Schedule.objects.create(name="Gone", func="nowhere.tasks.gone", schedule_type=Schedule.MINUTES, minutes=5)
    Schedule.objects.filter(name="Send letters").update(minutes=60)
    doubled = Schedule.objects.get(name="Clear letters")
    doubled.pk = None
    doubled.save()
    assert sync_schedule() == (1, 3)
    assert lines() == wanted
