"""The one style sheet, with names of tokens where colours and sizes stand.

Every state of a field keeps its outer size: where the outline grows from a hair to a ring, the
inset shrinks by as much (``inset_ring``, ``inner_ring``).
"""

from typing import Final

SHEET: Final = """
* { widget-animation-duration: 0; }
QWidget { color: $text; font-size: $t_body; }
QMainWindow, QDialog { background: $bg; }
QToolTip {
  color: $text; background: $raised; border: $hair solid $control; padding: $s1 $s2;
  font-size: $t_small;
}

/* words */
QLabel { background: transparent; }
QLabel[letters="display"] { font-size: $t_display; }
QLabel[letters="value"] { font-size: $t_value; }
QLabel[letters="h1"] { font-size: $t_h1; }
QLabel[letters="h2"] { font-size: $t_h2; }
QLabel[letters="label"] { font-size: $t_label; }
QLabel[letters="small"] { font-size: $t_small; }
QLabel[weight="500"] { font-weight: 500; }
QLabel[weight="600"] { font-weight: 600; }
QLabel[weight="700"] { font-weight: 700; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="faint"] { color: $faint; }
QLabel[tone="accent_text"] { color: $accent_text; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="ok"] { color: $ok; }
QLabel[struck="true"] { text-decoration: line-through; }
QLabel[keycap="true"] {
  color: $muted; background: $raised; border: $hair solid $line; border-radius: $r_small;
  padding: 0 $s2; font-size: $t_small;
}

/* panels */
QFrame[panel="card"] {
  background: $surface; border: $hair solid $line; border-radius: $r_large;
}
QFrame[panel="sheet"] {
  background: $surface; border: $hair solid $accent; border-radius: $r_large;
}
QFrame[panel="inset"] {
  background: $raised; border: $hair solid $line; border-radius: $r;
}
QFrame[panel="strip"] { background: $surface; border: none; border-bottom: $hair solid $line; }
QFrame[panel="status"] { background: $bg; border: none; border-top: $hair solid $line; }
QFrame[panel="rule"] { background: $line; border: none; }
QFrame[glow="danger"] { background: $danger_line; border: none; }
QFrame[glow="warn"] { background: $warn_line; border: none; }

/* fields */
QLineEdit, QPlainTextEdit {
  background: $field; border: $hair solid $control; border-radius: $r;
  selection-background-color: $cta; selection-color: $on_cta; placeholder-text-color: $faint;
}
QTextBrowser {
  background: $surface; border: $ring solid transparent; border-radius: $r;
  selection-background-color: $cta; selection-color: $on_cta;
}
QTextBrowser:focus { border-color: $focus; }
QLineEdit { padding: 0 $inset; min-height: $inner; }
QPlainTextEdit { padding: $s2 $inset; }
QLineEdit[number="true"] { font-size: $t_value; font-weight: 600; }
QLineEdit[standing="warn"], QPlainTextEdit[standing="warn"] {
  background: $warn_bg; border-color: $warn_line;
}
QLineEdit[standing="bad"], QPlainTextEdit[standing="bad"] {
  background: $danger_bg; border-color: $danger_line;
}
QLineEdit:focus {
  border: $ring solid $focus; padding: 0 $inset_ring; min-height: $inner_ring;
}
QPlainTextEdit:focus { border: $ring solid $focus; padding: $s2_ring $inset_ring; }
QLineEdit:disabled, QPlainTextEdit:disabled { border-color: $line; color: $faint; }

/* tables and lists */
QTableView, QTreeView, QListView {
  background: $surface; border: $ring solid transparent; border-radius: $r; outline: none;
  gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $surface;
}
QTableView { selection-background-color: transparent; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $focus; }
QListView[ring="line"]:focus { border-color: transparent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $muted; border: none; border-bottom: $hair solid $line;
  padding: $s1 $s2; font-size: $t_label; font-weight: 500;
}
QTableCornerButton::section { background: $surface; border: none; }

/* scrolling */
QScrollArea { background: transparent; border: $ring solid transparent; border-radius: $r; }
QScrollArea[bare="true"] { border: none; }
QScrollArea:focus { border-color: $focus; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: $bar; }
QScrollBar:horizontal { height: $bar; }
QScrollBar::handle { background: $control; border-radius: $bar_end; }
QScrollBar::handle:vertical { min-height: $target; margin-left: $bar_gap; }
QScrollBar::handle:horizontal { min-width: $target; margin-top: $bar_gap; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

/* what Qt's own file dialog and menus are made of */
QDialog QPushButton, QDialog QToolButton, QDialog QComboBox {
  background: $surface; border: $hair solid $control; border-radius: $r; padding: 0 $inset;
  min-height: $target; font-weight: 500;
}
QDialog QToolButton { min-width: $target; padding: 0; }
QDialog QPushButton:hover, QDialog QToolButton:hover { background: $raised; }
QDialog QPushButton:focus, QDialog QToolButton:focus, QDialog QComboBox:focus {
  border: $ring solid $focus; padding: 0 $inset_ring;
}
QDialog QToolButton:focus { padding: 0; }
QDialog QPushButton:disabled, QDialog QToolButton:disabled { border-color: $line; color: $faint; }
QComboBox::drop-down { border: none; width: $inset; }
QMenu { background: $raised; border: $hair solid $control; padding: $s1; }
QMenu::item { padding: $s3 $s6; border-radius: $r_small; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { background: $line; height: $hair; margin: $s1 $s2; }
"""
