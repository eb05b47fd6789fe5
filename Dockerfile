# The service with its own database in the volume /var/lib/dateline; DATABASE_URL names another.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    DATELINE_HOME=/var/lib/dateline \
    DATELINE_HOST=0.0.0.0 \
    DATELINE_PORT=8000

WORKDIR /opt/dateline

# the locked packages first: they change less often than the program
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock

COPY pyproject.toml README.md ./
COPY app ./app
COPY migrations ./migrations
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --system --uid 10001 --home-dir /var/lib/dateline --shell /usr/sbin/nologin dateline \
    && install --directory --owner dateline --group dateline --mode 0700 /var/lib/dateline

USER dateline
VOLUME /var/lib/dateline
EXPOSE 8000
# docker stop sends this; the service then stops its database in order
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"DATELINE_PORT\"]}/health', timeout=4)"]

CMD ["dateline", "serve", "--no-open"]
