"""The measures that pyActigraphy and Circascope both have: by Circascope's names, each
with pyActigraphy's own call for it. Standard library only: the driver reads this."""

# Calls see `raw`, a recording of pyActigraphy, and `cosinor`, which fits one. Where a
# measure has choices, they are those of Circascope's pyactigraphy set.
MEASURES = {
    "IS": "raw.IS()",
    "IV": "raw.IV()",
    "ISm": "raw.ISm()",
    "IVm": "raw.IVm()",
    "L5": "raw.L5()",
    "M10": "raw.M10()",
    "RA": "raw.RA()",
    "IS_raw": "raw.IS(binarize=False)",
    "IV_raw": "raw.IV(binarize=False)",
    "ISm_raw": "raw.ISm(binarize=False)",
    "IVm_raw": "raw.IVm(binarize=False)",
    "L5_raw": "raw.L5(binarize=False)",
    "M10_raw": "raw.M10(binarize=False)",
    "RA_raw": "raw.RA(binarize=False)",
    "ISp": "raw.ISp(period='7D')",
    "IVp": "raw.IVp(period='7D')",
    "L5p": "raw.L5p(period='7D')",
    "M10p": "raw.M10p(period='7D')",
    "RAp": "raw.RAp(period='7D')",
    "ADAT": "raw.ADAT()",
    "ADATp": "raw.ADATp(period='7D')",
    "kRA": "raw.kRA(4)",
    "kAR": "raw.kAR(4)",
    "AonT": "raw.AonT()",
    "AoffT": "raw.AoffT()",
    "average_day": "raw.average_daily_activity(freq='1H', cyclic=False)",
    "cosinor_amplitude": "cosinor(raw.data.astype(float))",
    "sadeh": "raw.Sadeh()",
    "scripps": "raw.Scripps()",
    "oakley": "raw.Oakley(threshold=40)",
    "cole-kripke": "raw.CK(settings='mean')",
    "crespo": "1 - raw.Crespo()",  # it marks activity
    "roenneberg": "raw.Roenneberg()",
}
