"""Addresses of pages on which people learn."""

from django.urls import path

from ambassadors.views import learning

urlpatterns = [
    path("ambassador/courses/<slug:slug>/", learning.course, name="course"),
    path("ambassador/courses/<slug:slug>/lessons/<slug:lesson>/", learning.lesson, name="lesson"),
    path("ambassador/courses/<slug:slug>/quiz/", learning.start_quiz, name="start_quiz"),
    path("ambassador/quizzes/<int:pk>/<int:place>/", learning.quiz, name="quiz"),
    path("ambassador/quizzes/<int:pk>/check/", learning.check_quiz, name="check_quiz"),
    path("ambassador/quizzes/<int:pk>/finish/", learning.finish_quiz, name="finish_quiz"),
    path("ambassador/quizzes/<int:pk>/result/", learning.quiz_result, name="quiz_result"),
]
