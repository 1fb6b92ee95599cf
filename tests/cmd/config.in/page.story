---
lang: fr
date: 2024-05-17
recoupe:
  levels: { sum-mismatch: off, impossible-date: note }
---
L'accident a fait 14 morts, dont 9 hommes et 6 femmes.
