# The bot for one machine or many: torch for the CPU alone, a user of its own, all data in /data.
# compose.yaml builds and starts it.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /venv
# First of all what changes least and takes longest.
COPY constraints.txt .
RUN TORCH=$(sed -n 's/^torch==\([0-9.]*\).*/\1/p' constraints.txt) \
 && /venv/bin/pip install --no-cache-dir --constraint constraints.txt \
    "torch==${TORCH}+cpu" --extra-index-url https://download.pytorch.org/whl/cpu
COPY pyproject.toml README.md LICENSE ./
COPY migrations migrations
COPY poetry_model poetry_model
COPY bot bot
RUN /venv/bin/pip install --no-cache-dir --constraint constraints.txt ".[postgres]"

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data poetry-bot \
 && install --directory --owner poetry-bot /data
COPY --from=build /venv /venv
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp/matplotlib \
    DATA_DIR=/data HEALTH_HOST=0.0.0.0 HEALTH_PORT=9090 WEBHOOK_HOST=0.0.0.0 LOG_FORMAT=json
USER poetry-bot
WORKDIR /data
VOLUME /data
EXPOSE 8443 9090
# Loading takes some seconds. Whether the database answers is /readyz: a restart would not mend it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:9090/healthz', timeout=4)"]
ENTRYPOINT ["poetry-bot"]
CMD ["run"]
