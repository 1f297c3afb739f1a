// The tokens of a .pol file. The characters reach this lexer already sorted into classes by compiler/syntax/
// characters.h: ASCII is itself, full-width punctuation is the ASCII it stands for, and everything else is one of the
// control characters named below, so that the lexer's tables stay within ASCII. A token's text is always read from the
// source, never from these classes. Words become keywords after lexing, by keywords.def; what begins a declaration, a
// call, an interval or an item is decided after lexing too (compiler/syntax/classify.cpp and settle.cpp).
lexer grammar PolLexer;

tokens {
  // Words that begin a declaration: keywords only where a declaration can begin.
  POLICY, USE, PARAM, ENUMERATION, SCALE, RECORD, LET, FUNCTION, ARTICLE, DECISION, GRANT, SCORE, QUOTA, LIFECYCLE, REGION,
  CALENDAR, EXAMPLE, DROPS, RESERVED,
  // Words that are always keywords.
  IF, THEN, ELSE, BY, WHEN, OTHERWISE, AND, OR, NOT, IN, WITHIN, IS, OVER, WHERE, OF, DEFAULT, FOR,
  ALSO, TRUE, FALSE, AS_OF, IN_PRINCIPLE,
  // Words that are keywords where their construct stands, and names elsewhere (compiler/syntax/settle.cpp).
  TITLE, DOCUMENT, AUTHORITY, VERSION, ISSUED, EFFECTIVE, PERIODS, REFERENCE, KEY, JUDGED, CHECKLIST, HOLDS, PER, LIST,
  REPLACES, GUIDANCE, UNDISCLOSED, PRINCIPLE, OFF, WORK, GIVEN, ABSENT, RISING, FALLING, RUNNING, CONSECUTIVE, DAYS, WORKING,
  WORKING_DAYS, MONTHS, YEARS, YEAR, MONTH, DAY, LENGTH, GROWTH, VALUE, GREATEST, LEAST, MOST, AT, FROM,
  TO, AFTER, BEFORE, UNTIL, SINCE, BRACKETS, ROUNDED, ROUNDED_UP, ROUNDED_DOWN,
  EACH_FULL, GIVES,
  LIKE, EXPECT, BECAUSE, NEEDS, NOT_KNOWN, EMPTY, EXTENDS, MISSED,
  // The same, in a lifecycle only (compiler/syntax/settle_lifecycle.cpp).
  STAGE, STARTS, LASTS, DUTY, EVERY_YEAR, DUE, MET, MET_BY, ENDS, BARRED, BARRED_FOR, GOOD, STATE, FINAL, ON, EVENT,
  // The same, and they take what follows without a bracket, so `sum (x)` and `sum(x)` are the same.
  LAST, SUM, AVERAGE, MINIMUM, MAXIMUM, COUNT, LATEST, EARLIEST, ANY, ALL, EVERY, NONE, EXACTLY, AT_LEAST, AT_MOST, ROUND,
  UP, DOWN,
  // Told apart after lexing, each from the token it looks like: a unit from a word, three brackets from `(`, the comma of
  // `, since` and of `any of §4, §5` and the one before `}` from other commas, `in` after what an aggregate or quantifier
  // takes, `..` in the window after `over` or `in`, a sign from a subtraction, the first citation after `any of`, the `=`
  // between what a grant is given for and its amount, the comma before `lasts`, `met` and `barred` and before an
  // item of a score, the `-` of `12-31`,
  // the `in` of `in principle`, the `for` of `for every`.
  UNIT, CALL_OPEN, INTERVAL_OPEN, ITEM_OPEN, SINCE_COMMA, LIST_COMMA, LAST_SEPARATOR, SELECT_IN, WINDOW_RANGE, NEGATIVE,
  CITED, AMOUNT_EQUAL, PART_COMMA, DAY_DASH, PRINCIPLE_IN, FOR_EVERY
}

// Classes of characters outside ASCII.
fragment OPEN_QUOTE     : '\u0002' ;
fragment CLOSE_QUOTE    : '\u0003' ;
fragment YEAR_SIGN      : '\u0010' ;
fragment MONTH_SIGN     : '\u0011' ;
fragment DAY_SIGN       : '\u0012' ;
fragment ORDINAL_SIGN   : '\u0013' ;
fragment ARTICLE_SIGN   : '\u0014' ;
fragment ITEM_SIGN      : '\u0015' ;
fragment NUMERAL_DIGIT  : '\u0016' ;
fragment LETTER         : [A-Za-z_\u0001\u0010-\u0016] ;
fragment DIGIT          : [0-9] ;
fragment ORDINAL        : DIGIT+ | NUMERAL_DIGIT+ ;
fragment STRING_PART    : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment QUOTE_PART     : ~[\u0003\\\r\n] | '\\' ~[\r\n] ;
fragment COMMENT_PART   : '/*' (~'*' | '*'+ ~[*/])* ;

// §5(3), 第五条, 第五条第三项, 第五条第（三）项, 第五条(三).
CITATION
  : '\u000F' ORDINAL ('(' ORDINAL ')')*
  | ORDINAL_SIGN ORDINAL ARTICLE_SIGN
    ('(' ORDINAL ')' | [ \t]* ORDINAL_SIGN ORDINAL ITEM_SIGN | [ \t]* ORDINAL_SIGN '(' ORDINAL ')' ITEM_SIGN)*
  ;

DATE
  : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT? '-' DIGIT DIGIT?
  | DIGIT DIGIT DIGIT DIGIT YEAR_SIGN DIGIT DIGIT? MONTH_SIGN DIGIT DIGIT? DAY_SIGN
  ;
MONTH_AND_DAY : DIGIT DIGIT? MONTH_SIGN DIGIT DIGIT? DAY_SIGN ;
NUMBER        : DIGIT (DIGIT | '_')* ('.' DIGIT (DIGIT | '_')*)? ;
NUMERAL       : NUMERAL_DIGIT+ ;
WORD          : LETTER (LETTER | DIGIT)* ;

STRING        : '"' STRING_PART* '"' | OPEN_QUOTE QUOTE_PART* CLOSE_QUOTE ;
OPEN_STRING   : '"' STRING_PART* '\\'? | OPEN_QUOTE QUOTE_PART* '\\'? ;

LINE_COMMENT  : '--' ~[\r\n]* ;
BLOCK_COMMENT : COMMENT_PART '*'+ '/' ;
OPEN_COMMENT  : COMMENT_PART '*'* ;
SPACE         : [ \t\r\n]+ -> skip ;

PERCENT       : '%' | '\u000E' ;
COLON         : ':' ;
COMMA         : ',' ;
SEMICOLON     : ';' ;
DOT           : '.' ;
RANGE         : '..' ;
QUESTION      : '?' ;
LPAREN        : '(' ;
RPAREN        : ')' ;
LBRACK        : '[' ;
RBRACK        : ']' ;
LBRACE        : '{' ;
RBRACE        : '}' ;
PLUS          : '+' ;
MINUS         : '-' ;
TIMES         : '*' | '\u0005' ;
DIVIDE        : '/' | '\u0006' ;
ARROW         : '->' | '\u0017' ;
EQUAL         : '=' | '==' ;
NOT_EQUAL     : '!=' | '\u000C' ;
LESS_EQUAL    : '<=' | '\u0007' ;
GREATER_EQUAL : '>=' | '\u000B' ;
LESS          : '<' ;
GREATER       : '>' ;

// What other notations write. Each is reported with the Pol spelling and then read as that (classify.cpp).
WRONG_COMMENT       : ('//' | '#') ~[\r\n]* ;
WRONG_STRING        : '\'' ~['\r\n]* '\'' ;
WRONG_AND           : '&&' | '&' ;
WRONG_OR            : '||' | '|' ;
WRONG_NOT           : '!' ;
WRONG_NOT_EQUAL     : '<>' ;
WRONG_LESS_EQUAL    : '=<' ;
WRONG_GREATER_EQUAL : '=>' ;
WRONG_EQUAL         : ':=' ;
WRONG_RANGE         : '...' ;
UNKNOWN             : . ;
