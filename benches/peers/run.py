"""run.py jsonnet|kcl data.json    the checks of this folder by the library of the language; says what is wrong"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def jsonnet(data):
    import _jsonnet

    with open(data, encoding="utf-8") as file:
        return _jsonnet.evaluate_file(os.path.join(HERE, "checks.jsonnet"), tla_codes={"data": file.read()}) != "[ ]\n"


def kcl(data):
    import kcl_lib.api as api

    with open(os.path.join(HERE, "checks.k"), encoding="utf-8") as file:
        code = file.read()
    answer = api.API().validate_code(api.ValidateCodeArgs(datafile=data, code=code, schema="Budget", format="json"))
    if not answer.success:
        print(answer.err_message)
    return not answer.success


sys.exit({"jsonnet": jsonnet, "kcl": kcl}[sys.argv[1]](sys.argv[2]))
