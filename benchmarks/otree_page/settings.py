"""An oTree project with one page of as many questions as our mindset page."""

SESSION_CONFIGS = [{"name": "mindset", "app_sequence": ["mindset"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1, "participation_fee": 0}
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "GBP"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = None
# It serves made-up people on this machine for a minute, and keeps nothing.
SECRET_KEY = "measuring"
