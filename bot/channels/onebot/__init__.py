"""OneBot v11 over reverse WebSocket: what NapCat, Lagrange and other gateways of QQ and WeChat speak."""
