autocmd BufRead,BufNewFile *.jx setfiletype jixiao
