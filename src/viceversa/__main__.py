"""python -m viceversa"""

from viceversa.cli import main

main()
