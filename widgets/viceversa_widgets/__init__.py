"""What people see and click: native, labelled controls for worksheets.

A widget takes plain values and sends plain messages. It knows neither the store nor the content.
"""

from viceversa_widgets.agenda.widget import Agenda
from viceversa_widgets.chart.widget import Chart
from viceversa_widgets.check.widget import Check
from viceversa_widgets.choice.widget import Choice
from viceversa_widgets.choices.widget import Choices
from viceversa_widgets.commitment.widget import Commitment
from viceversa_widgets.console.widget import Console
from viceversa_widgets.date.widget import Date
from viceversa_widgets.download.widget import Download
from viceversa_widgets.how_long_ago.widget import HowLongAgo
from viceversa_widgets.list.widget import List
from viceversa_widgets.long_text.widget import LongText
from viceversa_widgets.poll.widget import Poll
from viceversa_widgets.progress.widget import Progress
from viceversa_widgets.questions.widget import Questions
from viceversa_widgets.rows.widget import Rows
from viceversa_widgets.save_status.widget import SaveStatus
from viceversa_widgets.scale.widget import Scale
from viceversa_widgets.scenario.widget import Scenario
from viceversa_widgets.sheet.widget import Sheet
from viceversa_widgets.short_text.widget import ShortText
from viceversa_widgets.story.widget import Story
from viceversa_widgets.timer.widget import Timer
from viceversa_widgets.word_cloud.widget import WordCloud

__all__ = [
    "Agenda",
    "Chart",
    "Check",
    "Choice",
    "Choices",
    "Commitment",
    "Console",
    "Date",
    "Download",
    "HowLongAgo",
    "List",
    "LongText",
    "Poll",
    "Progress",
    "Questions",
    "Rows",
    "SaveStatus",
    "Scale",
    "Scenario",
    "Sheet",
    "ShortText",
    "Story",
    "Timer",
    "WordCloud",
]
