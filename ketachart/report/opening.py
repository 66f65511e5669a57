"""Opens a finished report to read it back: one at a time, as the library demands."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2

from ketachart.errors import CannotRead

# PDFium keeps state of its own between calls: two threads in it at once bring the program down.
_ONE_AT_A_TIME = Lock()


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The report, open for reading, closed again whatever happens.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise CannotRead("This file is not a PDF. Choose the report.") from error
        try:
            yield document
        finally:
            document.close()
