"""Read, parse, check, find causes: the one place that knows the order, for one document and for many at once."""

from workbench.pipeline.analysis import Analysis, AnalysisOptions, analyse, analyse_file
from workbench.pipeline.workers import Failure, WorkerLimits, analyse_all, survey_all

__all__ = [
    "Analysis",
    "AnalysisOptions",
    "Failure",
    "WorkerLimits",
    "analyse",
    "analyse_all",
    "analyse_file",
    "survey_all",
]
