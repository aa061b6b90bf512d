-- Read by vim.lsp.enable('storylsp') and vim.lsp.config('storylsp', …), Neovim 0.11 or later.
return require('storylsp').config()
