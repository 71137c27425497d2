"""What students start from: the folder of an assignment that was released, as a zip."""

from __future__ import annotations

import io
import zipfile

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from grader.server.identity.guard import ANYBODY, guarded
from grader.server.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """Return the route of the zip."""

    def handout(request: Request) -> Response:
        offered = services.catalogue.find(request.path_params["assignment"])
        if offered is None or not offered.handout.is_dir():
            raise HTTPException(404)
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(offered.handout.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    archive.write(path, f"{offered.name}/{path.relative_to(offered.handout).as_posix()}")
        headers = {"Content-Disposition": f'attachment; filename="{offered.name}.zip"'}
        return Response(held.getvalue(), media_type="application/zip", headers=headers)

    return [guarded("/assignments/{assignment}/handout.zip", handout, ANYBODY)]
