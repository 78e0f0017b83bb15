"""Questions about cases: 进度, 我的诉求, 待办, 帮助."""
