/**
 * The language of objectives. From loosest to tightest:
 *
 *   let name = value; ... body
 *   or, and, not
 *   <  <=  >  >=  ==  !=        (not chained)
 *   first:last, first:step:last (both ends included)
 *   +  -
 *   *  /  @                     (@ is the matrix product)
 *   -a                          (-x^2 is -(x^2))
 *   ^                           (2^3^2 is 2^(3^2); 2^-1 is allowed)
 *   a[i], a[i, j], a[2:n], A[i, :]   (indices start at 1)
 */
grammar FormulaGrammar;

formula
    : definition* expression EOF
    ;

definition
    : LET NAME ASSIGN expression SEMICOLON
    ;

expression
    : conjunction (OR conjunction)*
    ;

conjunction
    : negation (AND negation)*
    ;

negation
    : NOT negation
    | comparison
    ;

comparison
    : range ((LESS | AT_MOST | GREATER | AT_LEAST | EQUAL | UNEQUAL) range)?
    ;

range
    : sum (COLON sum (COLON sum)?)?
    ;

sum
    : product ((PLUS | MINUS) product)*
    ;

product
    : signed ((TIMES | DIVIDE | AT) signed)*
    ;

signed
    : (MINUS | PLUS) signed
    | power
    ;

power
    : element (POWER signed)?
    ;

element
    : primary (OPEN_INDEX subscript (COMMA subscript)* CLOSE_INDEX)*
    ;

subscript
    : COLON
    | expression
    ;

primary
    : NUMBER
    | NAME (OPEN (expression (COMMA expression)*)? CLOSE)?
    | OPEN expression CLOSE
    | OPEN_INDEX expression (COMMA expression)* CLOSE_INDEX
    ;

LET: 'let';
AND: 'and';
OR: 'or';
NOT: 'not';

NUMBER: (DIGIT+ ('.' DIGIT*)? | '.' DIGIT+) ([eE] [+-]? DIGIT+)?;
NAME: [a-zA-Z_] [a-zA-Z_0-9]*;

ASSIGN: '=';
SEMICOLON: ';';
COMMA: ',';
COLON: ':';
PLUS: '+';
MINUS: '-';
TIMES: '*';
DIVIDE: '/';
AT: '@';
POWER: '^';
LESS: '<';
AT_MOST: '<=';
GREATER: '>';
AT_LEAST: '>=';
EQUAL: '==';
UNEQUAL: '!=';
OPEN: '(';
CLOSE: ')';
OPEN_INDEX: '[';
CLOSE_INDEX: ']';

COMMENT: '#' ~[\r\n]* -> skip;
SPACE: [ \t\r\n]+ -> skip;
UNKNOWN: .;

fragment DIGIT: [0-9];
