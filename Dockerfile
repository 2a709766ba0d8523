# One image for web, worker and beat; the command decides (docker-compose.yml).
FROM python:3.11-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/kanryu
COPY requirements/run.txt .
RUN /opt/kanryu/bin/pip install --require-hashes -r run.txt

FROM python:3.11-slim
RUN useradd --system --create-home --uid 10001 kanryu
ENV PATH=/opt/kanryu/bin:$PATH PYTHONUNBUFFERED=1 KANRYU_ENV=production KANRYU_DATA_DIR=/data
COPY --from=packages /opt/kanryu /opt/kanryu
WORKDIR /srv/kanryu
COPY --chown=kanryu:kanryu . .
# Building needs settings, not secrets: the embedded defaults compile the words and collect the static files.
RUN mkdir -p /data/media && KANRYU_ENV=embedded python manage.py compile_words && chown -R kanryu:kanryu /data
USER kanryu
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "recruiting.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "2"]
