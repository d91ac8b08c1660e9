"""Django's settings for tests and for the type checker: the service's own, in a data folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

if "TERMINSPLAN_DATA" not in os.environ:
    _FOLDER = tempfile.mkdtemp(prefix="terminsplan-test-")
    atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
    os.environ["TERMINSPLAN_DATA"] = _FOLDER

from service.settings import *  # noqa: F403
