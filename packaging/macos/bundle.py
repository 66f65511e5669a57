"""What macOS is told of the application: what it is called, what it opens, what it asks for."""

from typing import Any, Final

IDENTIFIER: Final = "org.ketachart.KetaChart"
_OLDEST: Final = "15.0"  # of the locked wheels the newest: pikepdf; decision 41
_KINDS: Final = (
    ("org.ketachart.package", "KetaChart package", ["keta", "ketacard"]),
    ("org.ketachart.update", "KetaChart update", ["ketachart-update"]),
)


def info(version: str) -> dict[str, Any]:
    """The Info.plist of the application; nothing in it asks for camera, microphone or network."""
    return {
        "CFBundleName": "KetaChart",
        "CFBundleDisplayName": "KetaChart",
        "CFBundleExecutable": "ketachart-window",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleLocalizations": ["en", "es"],
        "LSApplicationCategoryType": "public.app-category.medical",
        "LSMinimumSystemVersion": _OLDEST,
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticTermination": False,
        "NSSupportsSuddenTermination": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": words,
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [kind],
            }
            for kind, words, _ in _KINDS
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": kind,
                "UTTypeDescription": words,
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {"public.filename-extension": endings},
            }
            for kind, words, endings in _KINDS
        ],
    }
